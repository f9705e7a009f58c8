// The course for others: the repository of a class, and an autograder. Neither has solutions or wrong answers.
export { writeAutograder } from './autograder.ts';
export { writeRepository, type WrittenRepository } from './repository.ts';

// The course for others: the repository of a class, and an autograder. Neither has solutions or wrong answers.
export { writeAutograder, type Autograder } from './autograder.ts';
export { writeRepository, type WrittenRepository } from './repository.ts';

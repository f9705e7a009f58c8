// Optional. A place for everything that doesn't depend on what the Workers are: which Worker has which item, what is
// queued, when a call settles. Exercise 07 can then use it for processes.
export {};

// Yours to fill, or to leave empty: a place for all of the pool that does not depend on what its Workers are (who works on what, in which
// order, when a call is settled). Written so, it can move from exercise 06 to 07 as it is.
export {};

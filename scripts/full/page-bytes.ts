import { firstVisits } from '../../tests/harness/first-visits.ts';

/** Prints what a first visit of each page costs in English, in bytes, as JSON by path. */
const visits = await firstVisits(['en']);
console.log(JSON.stringify(Object.fromEntries(visits.map(({ path, bytes }) => [path, bytes]))));

export * from '../before/0001_place.ts';

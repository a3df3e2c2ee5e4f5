import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { faultOf, losesTrack, statusOf } from './faults.ts';

const sqlite = (code: string) => new Database.SqliteError('planted', code);
const other = (code: string) => Object.assign(new Error('planted'), { code });

it.each([
	[sqlite('SQLITE_FULL'), 'full', 507],
	[other('53100'), 'full', 507],
	[sqlite('SQLITE_IOERR_FSYNC'), 'failing', 503],
	[sqlite('SQLITE_BUSY_SNAPSHOT'), 'busy', 503],
	[other('40P01'), 'busy', 503],
	[sqlite('SQLITE_READONLY_DBMOVED'), 'read only', 503],
	[sqlite('SQLITE_CORRUPT_VTAB'), 'damaged', 503],
	[other('57P03'), 'away', 503],
	[other('08006'), 'away', 503],
	[other('53300'), 'away', 503],
	[new AggregateError([other('ECONNREFUSED')], ''), null, null],
	[Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'away', 503],
	[new Error('timeout exceeded when trying to connect'), 'away', 503],
	[new Error('Connection terminated unexpectedly'), 'away', 503],
	[new TypeError('The database connection is not open'), 'away', 503]
])('%s %#: %s, answered %s', (error, fault, status) => {
	expect(faultOf(error)).toBe(fault);
	if (fault) expect(statusOf(faultOf(error)!)).toBe(status);
});

it('takes nothing else for a fault of the database', () => {
	for (const error of [
		sqlite('SQLITE_CONSTRAINT_UNIQUE'),
		sqlite('SQLITE_ERROR'),
		other('23505'),
		other('42P01'),
		new Error('full'),
		'SQLITE_FULL',
		undefined
	])
		expect(faultOf(error)).toBeNull();
});

it('loses track of what is stored when a write failed half way, not when there was no room or a read failed', () => {
	expect(losesTrack(sqlite('SQLITE_IOERR_FSYNC'))).toBe(true);
	expect(losesTrack(sqlite('SQLITE_IOERR_DIR_FSYNC'))).toBe(true);
	expect(losesTrack(sqlite('SQLITE_IOERR_WRITE'))).toBe(true);
	expect(losesTrack(sqlite('SQLITE_IOERR_READ'))).toBe(false);
	expect(losesTrack(sqlite('SQLITE_FULL'))).toBe(false);
	expect(losesTrack(null)).toBe(false);
});

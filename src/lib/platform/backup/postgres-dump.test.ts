import { expect, it } from 'vitest';
import { findProgram } from './postgres-programs.ts';
import { factsIn } from './postgres-dump.ts';

const PRINTED = `--
SET standard_conforming_strings = on;

COPY public.account (id, section_id, "name_sealed") FROM stdin;
a1\t\\N\t1.k1.AAAA
a2\ts1\t1.k1.BBBB
\\.


COPY public.kysely_migration (name, "timestamp") FROM stdin;
0002_listen\t2026
0001_ground\t2026
\\.

COPY public.file (id, sha256, type) FROM stdin;
f1\tab12\tpdf
\\.

COPY public."import" (id, words) FROM stdin;
i1\tone\u2028line\\nwith breaks\\\\.
\\\\.\tno end yet
\\.

COPY public.room (id) FROM stdin;
\\.

COPY other.room (id) FROM stdin;

\\.
SELECT pg_catalog.setval('public.audit_seq_seq', 1, false);
`;

it('counts the rows a dump prints, table by table, and remembers newest migration, files and first account', async () => {
	for (const size of [1, 7, 10_000]) {
		const bytes = Buffer.from(PRINTED);
		async function* pieces() {
			for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
		}
		expect(await factsIn(pieces())).toEqual({
			tables: { account: 2, kysely_migration: 2, file: 1, import: 2, room: 0, 'other.room': 1 },
			schema: '0002_listen',
			files: ['ab/ab12'],
			account: { id: 'a1', name_sealed: '1.k1.AAAA' }
		});
	}
});

it('says in one line what to install when there is no program new enough', async () => {
	await expect(findProgram('pg_dump', 99)).rejects.toThrow(
		/^pg_dump of PostgreSQL 99 or newer is needed .*: install postgresql-client$/
	);
});

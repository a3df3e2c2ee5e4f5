import { expect, it } from 'vitest';
import { isSafeAddress } from './forms.ts';
import { readPasted } from './paste.rules.ts';

const HEADER = 'Outcome\tMilestone\tActivity\tOwner\tStart\tDue';

it('a table becomes outcomes, milestones and activities; blanks mean the one above', () => {
	const read = readPasted(
		[
			HEADER,
			'Heard\tVision\t\tAlana\t1/3/2026\t30/6/2026',
			'\t\tDraft\t\t1/3/2026\t1/4/2026',
			'\tLaw\tTalks\tAlana\t1/5/2026\t1/7/2026',
			'\t\tVote\t\t1/6/2026\t31/12/2026'
		].join('\n')
	);
	expect(read).toMatchObject({
		ok: true,
		outcomes: [
			{
				name: 'Heard',
				milestones: [
					{
						...{ name: 'Vision', owner: 'Alana', startsOn: '2026-03-01', endsOn: '2026-06-30' },
						activities: [{ name: 'Draft', owner: null, endsOn: '2026-04-01' }]
					},
					{ name: 'Law', owner: null, startsOn: '2026-05-01', endsOn: '2026-12-31' }
				]
			}
		]
	});
});

it('reads Arabic headers in any order, digits and semicolons', () => {
	const read = readPasted('المحطة;النتيجة;البداية;الاستحقاق\nقانون;صوت;٢٠٢٦-٠٣-٠١;٢٠٢٦-٠٦-٣٠');
	expect(read).toMatchObject({
		outcomes: [{ name: 'صوت', milestones: [{ name: 'قانون', endsOn: '2026-06-30' }] }]
	});
});

it('says what is wrong at its line and column', () => {
	const faults = (table: string) => {
		const read = readPasted(table);
		return read.ok ? [] : read.problems.map(({ line, column, fault }) => [line, column, fault]);
	};
	expect(faults('')).toEqual([[1, 1, 'nothing']]);
	expect(faults(`${HEADER}\nA\tB\t\t\t2026-06-01\t2026-05-01`)).toEqual([[2, 6, 'dates_order']]);
	expect(faults(`${HEADER}\nA\tB\t\t\tsoon\t`)).toEqual([
		[2, 5, 'date'],
		[2, 6, 'required']
	]);
	expect(faults(`${HEADER}\n\t\tX\t\t2026-05-01\t2026-05-01`)).toEqual([
		[2, 1, 'milestone_first'],
		[2, 2, 'milestone_first']
	]);
	const twice = 'A\tB\t\t\t2026-05-01\t2026-06-01';
	expect(faults(`${twice}\n${twice}`)).toEqual([[2, 2, 'there']]);
	expect(faults(`${HEADER}\tNotes\n${twice}`)).toEqual([[1, 7, 'header_unknown']]);
});

it('takes https addresses of a whole host alone', () => {
	expect(isSafeAddress('https://www.ohchr.org/en/hrbodies?x=1')).toBe(true);
	for (const bad of [
		...['http://a.org', 'javascript:alert(1)', 'data:text/html,x', 'https://me:pw@a.org'],
		...['https://intranet', 'ftp://a.org', '/x', 'https:', ' ']
	])
		expect(isSafeAddress(bad), bad).toBe(false);
});

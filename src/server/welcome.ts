const ACCOUNTS: [string, string][] = [
	['facilitator', 'facilitator, example centre 01'],
	['facilitator2', 'facilitator, example centre 02'],
	['coordinator', 'centre coordinator, example centre 01'],
	['manager', 'programme manager, Lebanon'],
	['manager-togo', 'programme manager, Togo'],
	['focal-point', 'safeguarding focal point, Lebanon'],
	['advisory-group', 'advisory group member (partner), Lebanon'],
	['admin', 'section administrator, Lebanon'],
	['network', 'international secretariat: aggregates only']
];

/** What the terminal shows once the app answers. */
export function welcome(origin: string, hasExample: boolean): string {
	const lines = ['', `Halqa is listening on ${origin}`, ''];
	if (hasExample) {
		lines.push('Everything in it is example data. Log in with one of these accounts:', '');
		for (const [name, is] of ACCOUNTS) lines.push(`  ${`${name}@example.org`.padEnd(28)}${is}`);
		lines.push('', '  password: example-only-please', '');
	}
	return lines.join('\n');
}

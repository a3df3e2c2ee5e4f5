import { afterAll, beforeAll, expect, it } from 'vitest';
import { CAST, PASSWORD } from '#lib/features/example/cast.ts';
import { startApp, type RunningApp } from '#tests/harness/app.ts';

/** An app behind a proxy, asked by somebody who does not come through it: no X-Forwarded-For. */
let app: RunningApp;
beforeAll(async () => {
	app = await startApp({ env: { TRUST_PROXY: '1' } });
});
afterAll(() => app.stop());

it.each(['/healthz', '/readyz', '/login'])('answers %s to a direct asker', async (path) => {
	expect((await fetch(`${app.origin}${path}`)).status).toBe(200);
});

it('lets a direct asker log in', async () => {
	const { status } = await fetch(`${app.origin}/login?/login`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: app.origin, accept: 'text/html' },
		body: new URLSearchParams({ email: CAST.manager.email, password: PASSWORD })
	});
	expect(status).toBe(303);
});

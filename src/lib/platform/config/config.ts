import { join, resolve } from 'node:path';
import { z } from 'zod';
import { parsePublicKey, type BackupKey } from '../backup/keys.ts';
import { isPostgres } from '../db/open.ts';
import type { MailSettings } from '../mail/mail.ts';
import { isWebhookUrl, type WebhookSettings } from '../webhook/webhook.ts';

export interface Config {
	port: number;
	host: string;
	/** Scheme and host people type; posts from anywhere else are refused. */
	origin: string;
	databaseUrl: string;
	/** Folder of the embedded database and everything else that grows. */
	dataFolder: string;
	/** Folder of the files people keep, shared by every process of an installation. */
	filesFolder: string;
	keyRingFile: string;
	/** Whether an empty database beside an existing key ring is meant to be a new installation. */
	isNew: boolean;
	/** `load`: fill an empty database with the example organisation; `never`: leave it empty. */
	example: 'load' | 'never';
	trustProxy: boolean;
	logLevel: (typeof LOG_LEVELS)[number];
	/** Seconds `/readyz` says no before connections are refused; twice a balancer's interval is right. */
	drainSeconds: number;
	/** Where invitations go out by e-mail; null when people send them along themselves. */
	mail: MailSettings | null;
	/** A gateway for text messages or a chat that is told that something waits; null for none. */
	webhook: WebhookSettings | null;
	/** The instant a demonstration starts at, in UTC milliseconds; null for the real clock. */
	startsAt: number | null;
	migrationsFolder: string;
	/** Who can open backups: the public half of a key pair; null when the key ring shall seal them. */
	backupKey: BackupKey | null;
	/** File of the private half, where backups are verified and restored. */
	backupPrivateKeyFile: string | null;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const flag = z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional();

const environment = z.object({
	PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(3000),
	HOST: z.string().max(255).optional(),
	ORIGIN: z
		.url({
			protocol: /^https?$/,
			error: 'must be a web address, such as https://halqa.example.org'
		})
		.optional(),
	DATABASE_URL: z
		.string()
		.max(2000)
		.refine((text) => text.startsWith('sqlite:') || isPostgres(text), {
			error: 'must be sqlite:PATH or postgres://…'
		})
		.optional(),
	HALQA_DATA: z.string().max(1000).default('./data'),
	HALQA_FILES: z.string().max(1000).optional(),
	HALQA_KEYS: z.string().max(1000).default('./keys/ring.json'),
	HALQA_NEW: flag,
	HALQA_EXAMPLE: flag,
	HALQA_NOW: z.iso
		.datetime({ offset: true, error: 'must be an instant, such as 2026-05-04T08:00:00Z' })
		.optional(),
	TRUST_PROXY: flag,
	HALQA_LOG: z
		.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
		.default('info'),
	HALQA_DRAIN_SECONDS: z
		.string()
		.regex(/^\d{1,3}$/, { error: 'must be a whole number of seconds, 0 to 999' })
		.default('3'),
	HALQA_SMTP: z
		.url({
			protocol: /^smtps?$/,
			error: 'must be a mail server, such as smtp://user:password@mail.example.org:587'
		})
		.max(500)
		.optional(),
	HALQA_MAIL_FROM: z
		.string()
		.max(200)
		.regex(/^([^<>@\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, {
			error: 'must be an address, such as Halqa <halqa@example.org>'
		})
		.optional(),
	HALQA_ALERT_URL: z
		.string()
		.max(1000)
		.refine(isWebhookUrl, {
			error: 'must be an https address without a password, or http on this machine'
		})
		.optional(),
	HALQA_ALERT_TOKEN: z
		.string()
		.max(500)
		.regex(/^[\x21-\x7e]+$/, { error: 'must be one word of letters, digits and signs' })
		.optional(),
	HALQA_BACKUP_KEY: z
		.string()
		.max(200)
		.refine(isPublicKey, {
			error: 'must be the public half that npm run halqa -- backup-key prints, letter by letter'
		})
		.optional(),
	HALQA_BACKUP_PRIVATE_KEY_FILE: z.string().max(1000).optional(),
	NODE_ENV: z.string().max(100).optional()
});

/**
 * Reads and checks the environment. Throws one line per bad value, naming the variable.
 * Example data listens on this machine alone unless HOST says otherwise.
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
	const parsed = environment.safeParse(env);
	if (!parsed.success)
		throw new Error(
			parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n')
		);
	const value = parsed.data;
	const production = value.NODE_ENV === 'production';
	if (production && value.HALQA_EXAMPLE === '1')
		throw new Error('HALQA_EXAMPLE: example data is never loaded with NODE_ENV=production');
	if (production && value.HALQA_NOW)
		throw new Error('HALQA_NOW: the clock cannot be set with NODE_ENV=production');
	const example = production || value.HALQA_EXAMPLE === '0' ? 'never' : 'load';
	const host = value.HOST ?? (example === 'load' ? '127.0.0.1' : '0.0.0.0');
	if (host === '0.0.0.0' && !value.ORIGIN)
		throw new Error(
			'ORIGIN: must be set when HOST is 0.0.0.0, so that links open on other devices'
		);
	const { HALQA_SMTP: server, HALQA_MAIL_FROM: from } = value;
	if (server && !from) throw new Error('HALQA_MAIL_FROM: must be set with HALQA_SMTP');
	if (from && !server) throw new Error('HALQA_SMTP: must be set with HALQA_MAIL_FROM');
	const { HALQA_ALERT_URL: url, HALQA_ALERT_TOKEN: token } = value;
	if (token && !url) throw new Error('HALQA_ALERT_URL: must be set with HALQA_ALERT_TOKEN');
	return {
		port: value.PORT,
		host,
		origin: value.ORIGIN ? new URL(value.ORIGIN).origin : `http://localhost:${value.PORT}`,
		databaseUrl: value.DATABASE_URL ?? `sqlite:${join(value.HALQA_DATA, 'halqa.db')}`,
		dataFolder: resolve(value.HALQA_DATA),
		filesFolder: resolve(value.HALQA_FILES ?? join(value.HALQA_DATA, 'files')),
		keyRingFile: resolve(value.HALQA_KEYS),
		isNew: value.HALQA_NEW === '1',
		example,
		trustProxy: value.TRUST_PROXY === '1',
		logLevel: value.HALQA_LOG,
		drainSeconds: Number(value.HALQA_DRAIN_SECONDS),
		mail: server && from ? { server, from } : null,
		webhook: url ? { url, token: token ?? null } : null,
		startsAt: value.HALQA_NOW ? Date.parse(value.HALQA_NOW) : null,
		migrationsFolder: resolve('migrations'),
		backupKey: value.HALQA_BACKUP_KEY ? parsePublicKey(value.HALQA_BACKUP_KEY) : null,
		backupPrivateKeyFile: value.HALQA_BACKUP_PRIVATE_KEY_FILE
			? resolve(value.HALQA_BACKUP_PRIVATE_KEY_FILE)
			: null
	};
}

function isPublicKey(text: string): boolean {
	try {
		parsePublicKey(text);
		return true;
	} catch {
		return false;
	}
}

import type { Component } from 'svelte';

export type Icon = Component<{ size?: number; 'aria-hidden'?: 'true' }>;

/** A page the shell leads to. */
export interface ShellLink {
	href: string;
	label: string;
	current?: boolean;
}

export interface ShellRoom extends ShellLink {
	icon: Icon;
}

/** A page that does better than to open when there is JavaScript. */
export interface ShellDeed {
	href: string;
	label: string;
	onclick: (event: MouseEvent) => void;
}

export interface ShellLanguage {
	code: string;
	label: string;
	href?: string;
	current?: boolean;
}

/** Choosing a language as a post of `locale`, with these fields beside it. */
export interface LanguageForm {
	action: string;
	fields: Record<string, string>;
}

export interface ShellAccount {
	name: string;
	role: string;
	/** Pages about the account and its organisation. */
	pages: ShellRoom[];
	logoutAction: string;
	/** Giving a shared phone to a colleague. */
	handover?: ShellDeed;
}

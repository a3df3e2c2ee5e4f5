import type { LayoutServerLoad } from './$types';

/** The reader's language: formats follow it on both sides. */
export const load: LayoutServerLoad = ({ locals }) => ({ locale: locals.locale });

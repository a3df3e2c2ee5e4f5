import { findBrowser } from './browser.ts';
import { providePostgres } from './postgres.ts';

/**
 * Installs what tests need of a machine besides packages, beside other work: a browser and PostgreSQL. What cannot be
 * had is said again where it is needed, and counted there.
 */
providePostgres();
findBrowser();

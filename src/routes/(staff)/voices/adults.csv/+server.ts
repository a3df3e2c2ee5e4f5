import { resultsFile } from '../csv.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = ({ locals }) => resultsFile(locals, 'adults', 'adults.csv');

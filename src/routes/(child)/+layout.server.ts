/** Children's pages are one small answer each and work without JavaScript. */
export const csr = false;

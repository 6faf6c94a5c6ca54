// How much is gathered of what a task refers to: as much as a prompt can show, and never a whole archive.

/** Code units of one section; beyond it a requirement should have been split. */
export const maxSection = 2_000;

/** References of one task that are followed, those named first. */
export const maxReferences = 4;

/** Documents that are looked through for an identifier. */
export const maxDocuments = 60;

/** Code units of a document; longer ones are generated or archives. */
export const maxDocument = 400_000;

/** Tests that are shown, and code units of each: enough to see what is expected. */
export const maxTests = 3;
export const maxTest = 1_500;

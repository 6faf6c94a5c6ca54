// How long an index that a team runs may take, and how much goes over the wire at once.

/** Milliseconds for one answer: what waits for it is a prompt, which is better sent without than late. */
export const answerMs = 300;

/** Milliseconds to connect; it happens beside the first questions, which the local index answers meanwhile. */
export const connectMs = 2_000;

/** Milliseconds after a failure in which the server is not asked again. */
export const restMs = 60_000;

/** Milliseconds for one statement of filling, of which a batch is the longest. */
export const fillMs = 60_000;

/** Rows that are looked at for the nearest ones. */
export const maximumRows = 500;

/** Files that are written in one transaction: some hundred milliseconds, so that readers never see half of one. */
export const batchFiles = 100;

/** Files whose content is remembered as checked against the server's hash. */
export const maximumChecked = 2_000;

/** Connections of one server: questions of one prompt are asked at the same time. */
export const maximumConnections = 4;

/** Milliseconds in which a server can take leave of a connection. */
export const farewellMs = 500;

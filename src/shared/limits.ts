/**
 * Limits that the chat page shows while one types. They stand apart from their schemas, so that the page does not load
 * zod (30 kB gzipped) for a number.
 */

/** Longer than any chat message needs to be, short enough for a WebSocket frame of 64 KiB with everything around it. */
export const messageBodyMaxLength = 4000;

/** Long enough to mend what one sees on rereading, short enough that what others answered still stands. */
export const editWindowMinutes = 60;

/** Different emoji under one message: more is noise, and every change carries them all. */
export const reactionsPerMessage = 20;

/** What one line of the room list can show. */
export const groupTitleMaxLength = 80;

/** Past this a group wants a different kind of room: every member's list changes with every message. */
export const groupMaxMembers = 1000;

/** The end of a mute that has none: later than anybody will be here, and a date that PostgreSQL and browsers can hold. */
export const mutedForGood = new Date("9999-12-31T00:00:00Z");

/** How long somebody counts as writing. Clients say it again while it goes on, at half of this. */
export const typingSeconds = 6;

/** A long phone video, and still a few minutes over a slow line; more belongs on a file service. */
export const attachmentMaxBytes = 100 * 1024 * 1024;

/** What a gallery shows at a glance, and what one message may make its readers download. */
export const attachmentsPerMessage = 10;

/** What one person may keep here. Deleting messages gives it back. */
export const attachmentQuotaBytes = 5 * 1024 * 1024 * 1024;

/** How long an upload waits for its message. With what it takes to find it, it is gone within the hour. */
export const unsentMinutes = 50;

/** What one request of a resumable upload carries: within the server's five minutes a request, on a line of 30 kB/s too. */
export const uploadChunkBytes = 8 * 1024 * 1024;

/** As long as file systems let a name be. */
export const attachmentNameMaxLength = 255;

/** Longer than anybody listens to in a chat; some five megabytes. */
export const voiceMaxSeconds = 15 * 60;

/** How finely a voice message is drawn: a bar each, as many as fit on a phone. */
export const voiceMaxPeaks = 64;

/** What the picture of a person or a group is cut from: a photo as a phone takes it. The page sends far less, cut already. */
export const pictureMaxBytes = 20 * 1024 * 1024;

/** Pixels a side of the picture of a person or a group: on a list's row and larger, on dense screens. */
export const pictureSides = { small: 96, large: 256 };

/** The largest pictures that phones make, 50 megapixels, fit; every pixel costs the server four bytes while it works. */
export const imageMaxPixels = 64_000_000;

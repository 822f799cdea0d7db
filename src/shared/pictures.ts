import { z } from "zod";

/** What an upload is answered with: to be given to a person or a group before it is collected. */
export const uploadedPictureSchema = z.object({ pictureId: z.uuid() });
export type UploadedPicture = z.infer<typeof uploadedPictureSchema>;

/** An upload of one's own that nobody has yet; null takes the picture away. */
export const newPictureIdSchema = z.uuid().nullable();

import { picturesPath } from "~/shared/picture-paths";
import type { UploadedPicture } from "~/shared/pictures";
import { fetchChecked } from "./fetch-checked";

/**
 * Uploads a picture that is to be given to a person or a group. Resolves to its id.
 *
 * @throws HttpProblem
 */
export const uploadPicture = async (picture: Blob): Promise<string> => {
  const headers = { "Content-Type": picture.type };
  const response = await fetchChecked(picturesPath, { method: "POST", headers, body: picture });
  const { pictureId } = (await response.json()) as UploadedPicture;
  return pictureId;
};

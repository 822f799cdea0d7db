/**
 * Where pictures of people and groups are: `{picturesPath}/{id}`, and smaller at `{picturesPath}/{id}/small`. A new one is
 * posted here, as it is.
 */
export const picturesPath = "/api/pictures";

/**
 * The two sizes of a picture.
 *
 * @param invite the token of a link into the group whose picture it is, for those who are not in it
 */
export const picturePathsOf = (pictureId: string, invite?: string): { small: string; large: string } => {
  const query = invite === undefined ? "" : `?${new URLSearchParams({ invite })}`;
  return {
    small: `${picturesPath}/${pictureId}/small${query}`,
    large: `${picturesPath}/${pictureId}${query}`,
  };
};

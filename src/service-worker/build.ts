/** The build of the pages that this worker belongs to, as scripts/build.js found it. */
interface Build {
  /** Another one for each build. */
  id: string;
  /** Every file of the pages, as paths: scripts, styles, fonts. Their names change with what is in them. */
  files: string[];
  /** Those of them that only some people ever need, and that weigh more than all the rest. */
  heavy: string[];
}

// esbuild puts it there.
declare const BUILD: Build;

export const build = BUILD;

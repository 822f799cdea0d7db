/** Lower case and without accents: the form in which names are searched ("José" is found by "jose"). */
export const foldForSearch = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase();

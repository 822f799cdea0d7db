import type { Scenario } from "../scenario";
import { browser } from "./browser";
import { delivery } from "./delivery";
import { fanOut } from "./fan-out";
import { growth } from "./growth";
import { history } from "./history";
import { idle } from "./idle";
import { search } from "./search";
import { sends } from "./sends";
import { signIns } from "./sign-ins";

export const scenarios: Scenario[] = [
  fanOut,
  sends,
  idle,
  history,
  delivery,
  signIns,
  search,
  browser,
  growth,
];

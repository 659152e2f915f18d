/** The Korean catalogue as a file of its own, fetched by those who read it. */

import "../shared";

export { ko } from "./ko";

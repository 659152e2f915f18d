/** What JSX becomes in dist/: the build puts these names into every file that has an element. */

export { createElement as h, Fragment } from "preact";

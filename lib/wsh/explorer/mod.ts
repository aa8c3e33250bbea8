/** What the script host needs of the Shell. Few scripts use it, so that it is loaded for those that name it. @module */
export { ShellApplication } from "./shell_application.ts";

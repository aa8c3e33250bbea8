/** What the script host needs of XML. Few scripts do, so that it is loaded for those that name it. @module */
export { DomDocument, type MsxmlVersion, type XmlEnvironment } from "./document.ts";
export { XslTemplate } from "./xsl_template.ts";

/** What the script host needs of XML. Few scripts do, so that it is loaded for those that name it. @module */
export { DomDocument, type XmlEnvironment } from "./document.ts";
export type { MsxmlVersion } from "./document_properties.ts";
export { XslTemplate } from "./xsl_template.ts";

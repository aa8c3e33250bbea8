/** The interfaces of MSXML's document object model as data (MSXML SDK, "XML DOM Reference"). @module */
import { defineInterface } from "../../automation/interface.ts";

/** IXMLDOMImplementation. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMImplementationTable = defineInterface("IXMLDOMImplementation", "{2933BF8F-7B36-11D2-B20E-00C04F983E60}", {
  hasFeature: { dispid: 145, method: "VARIANT_BOOL", params: [["feature", "BSTR"], ["version", "BSTR"]], doc: "Whether a feature is there: XML, DOM or MS-DOM, in version 1.0." },
}, { doc: "What the documents can do." });

/** IXMLDOMNode. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMNodeTable = defineInterface("IXMLDOMNode", "{2933BF80-7B36-11D2-B20E-00C04F983E60}", {
  nodeName: { dispid: 2, get: "BSTR", doc: "Its name with its prefix, or #text, #document…" },
  nodeValue: { dispid: 3, get: "VARIANT", put: "VARIANT", doc: "Its text; Null for elements and documents, whose text is in their children." },
  nodeType: { dispid: 4, get: "LONG", doc: "1 element, 2 attribute, 3 text, 4 CDATA section, 5 entity reference, 7 processing instruction, 8 comment, 9 document, 10 document type, 11 fragment." },
  parentNode: { dispid: 6, get: "IXMLDOMNode*", doc: "The node that it is in; Nothing for attributes, documents and what was not inserted." },
  childNodes: { dispid: 7, get: "IXMLDOMNodeList*", doc: "The nodes in it, as they are at any time." },
  firstChild: { dispid: 8, get: "IXMLDOMNode*", doc: "The first node in it, or Nothing." },
  lastChild: { dispid: 9, get: "IXMLDOMNode*", doc: "The last node in it, or Nothing." },
  previousSibling: { dispid: 10, get: "IXMLDOMNode*", doc: "The node before it, or Nothing." },
  nextSibling: { dispid: 11, get: "IXMLDOMNode*", doc: "The node after it, or Nothing." },
  attributes: { dispid: 12, get: "IXMLDOMNamedNodeMap*", doc: "The attributes of an element or of the XML declaration; Nothing for other nodes." },
  insertBefore: { dispid: 13, method: "IXMLDOMNode*", params: [["newChild", "IXMLDOMNode*"], ["refChild", "VARIANT"]], doc: "Inserts a node before one that is in it, or last for Null; returns it." },
  replaceChild: { dispid: 14, method: "IXMLDOMNode*", params: [["newChild", "IXMLDOMNode*"], ["oldChild", "IXMLDOMNode*"]], doc: "Puts a node in the place of one that is in it, which is returned." },
  removeChild: { dispid: 15, method: "IXMLDOMNode*", params: [["childNode", "IXMLDOMNode*"]], doc: "Takes a node out of it, and returns it." },
  appendChild: { dispid: 16, method: "IXMLDOMNode*", params: [["newChild", "IXMLDOMNode*"]], doc: "Inserts a node last, and returns it." },
  hasChildNodes: { dispid: 17, method: "VARIANT_BOOL", doc: "Whether any node is in it." },
  ownerDocument: { dispid: 18, get: "IXMLDOMDocument3*", doc: "Its document; Nothing for a document." },
  cloneNode: { dispid: 19, method: "IXMLDOMNode*", params: [["deep", "VARIANT_BOOL"]], doc: "A copy of it, with all that is in it if deep is True." },
  nodeTypeString: { dispid: 21, get: "BSTR", doc: "What nodeType says, in a word: element, attribute, text, cdatasection…" },
  text: { dispid: 24, get: "BSTR", put: "BSTR", doc: "The text of it and all in it, without white space at both ends unless that is preserved. Setting it replaces what is in it." },
  specified: { dispid: 22, get: "VARIANT_BOOL", doc: "Whether the document says it; False for an attribute that its DTD gives." },
  definition: { dispid: 23, get: "IXMLDOMNode*", doc: "Nothing: DTDs and schemas are no nodes here." },
  nodeTypedValue: { dispid: 25, get: "VARIANT", put: "VARIANT", doc: "Its value as its dataType has it: a number, a date, an array of Byte for bin.base64 and bin.hex." },
  dataType: { dispid: 26, get: "VARIANT", put: "VARIANT", doc: "The name of its data type (int, dateTime, bin.base64…), or Null." },
  xml: { dispid: 27, get: "BSTR", doc: "It and all in it as XML." },
  transformNode: { dispid: 28, method: "BSTR", params: [["stylesheet", "IXMLDOMNode*"]], doc: "What a style sheet (XSLT 1.0) makes of it, as text; that says it is UTF-16." },
  selectNodes: { dispid: 29, method: "IXMLDOMNodeList*", params: [["queryString", "BSTR"]], doc: "The nodes that an XPath or XSLPattern means, in the order of the document." },
  selectSingleNode: { dispid: 30, method: "IXMLDOMNode*", params: [["queryString", "BSTR"]], doc: "The first of those nodes, or Nothing." },
  parsed: { dispid: 31, get: "VARIANT_BOOL", doc: "True: load returns when all is read." },
  namespaceURI: { dispid: 32, get: "BSTR", doc: "The URI of its namespace, or nothing." },
  prefix: { dispid: 33, get: "BSTR", doc: "The prefix of its name, or nothing." },
  baseName: { dispid: 34, get: "BSTR", doc: "Its name without the prefix." },
  transformNodeToObject: { dispid: 35, method: "void", params: [["stylesheet", "IXMLDOMNode*"], ["outputObject", "VARIANT"]], doc: "Sends what a style sheet (XSLT 1.0) makes of it to an ADODB.Stream, or puts it in a document." },
}, { doc: "A node of a document." });

/** IXMLDOMNodeList. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMNodeListTable = defineInterface("IXMLDOMNodeList", "{2933BF82-7B36-11D2-B20E-00C04F983E60}", {
  item: { dispid: 0, get: "IXMLDOMNode*", params: [["index", "LONG"]], doc: "A node by its index from 0; Nothing beyond the end." },
  length: { dispid: 74, get: "LONG", doc: "How many nodes there are." },
  nextNode: { dispid: 76, method: "IXMLDOMNode*", doc: "The next node, from the first one on; Nothing at the end." },
  reset: { dispid: 77, method: "void", doc: "Lets nextNode begin anew." },
  _newEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IXMLDOMNode*", doc: "All nodes in order." },
}, { doc: "A list of nodes." });

/** IXMLDOMNamedNodeMap. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMNamedNodeMapTable = defineInterface("IXMLDOMNamedNodeMap", "{2933BF83-7B36-11D2-B20E-00C04F983E60}", {
  getNamedItem: { dispid: 83, method: "IXMLDOMNode*", params: [["name", "BSTR"]], doc: "The attribute of that name, or Nothing." },
  setNamedItem: { dispid: 84, method: "IXMLDOMNode*", params: [["newItem", "IXMLDOMNode*"]], doc: "Adds an attribute, in place of one of its name." },
  removeNamedItem: { dispid: 85, method: "IXMLDOMNode*", params: [["name", "BSTR"]], doc: "Takes the attribute of that name away, and returns it, or Nothing." },
  item: { dispid: 0, get: "IXMLDOMNode*", params: [["index", "LONG"]], doc: "An attribute by its index from 0; Nothing beyond the end." },
  length: { dispid: 74, get: "LONG", doc: "How many attributes there are." },
  getQualifiedItem: { dispid: 87, method: "IXMLDOMNode*", params: [["baseName", "BSTR"], ["namespaceURI", "BSTR"]], doc: "The attribute of that name in that namespace, or Nothing." },
  removeQualifiedItem: { dispid: 88, method: "IXMLDOMNode*", params: [["baseName", "BSTR"], ["namespaceURI", "BSTR"]], doc: "Takes the attribute of that name in that namespace away, and returns it, or Nothing." },
  nextNode: { dispid: 89, method: "IXMLDOMNode*", doc: "The next attribute, from the first one on; Nothing at the end." },
  reset: { dispid: 90, method: "void", doc: "Lets nextNode begin anew." },
  _newEnum: { dispid: -4, get: "IEnumVARIANT*", element: "IXMLDOMNode*", doc: "All attributes in order." },
}, { doc: "The attributes of a node." });

/** IXMLDOMElement. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMElementTable = defineInterface("IXMLDOMElement", "{2933BF86-7B36-11D2-B20E-00C04F983E60}", {
  tagName: { dispid: 97, get: "BSTR", doc: "Its name with its prefix." },
  getAttribute: { dispid: 99, method: "VARIANT", params: [["name", "BSTR"]], doc: "The text of an attribute; Null where there is none of that name." },
  setAttribute: { dispid: 100, method: "void", params: [["name", "BSTR"], ["value", "VARIANT"]], doc: "Gives an attribute a text; adds it where there is none of that name." },
  removeAttribute: { dispid: 101, method: "void", params: [["name", "BSTR"]], doc: "Takes an attribute away, where there is one of that name." },
  getAttributeNode: { dispid: 102, method: "IXMLDOMAttribute*", params: [["name", "BSTR"]], doc: "An attribute, or Nothing." },
  setAttributeNode: { dispid: 103, method: "IXMLDOMAttribute*", params: [["DOMAttribute", "IXMLDOMAttribute*"]], doc: "Adds an attribute; returns the one of its name that it replaces, or Nothing." },
  removeAttributeNode: { dispid: 104, method: "IXMLDOMAttribute*", params: [["DOMAttribute", "IXMLDOMAttribute*"]], doc: "Takes an attribute away, and returns it." },
  getElementsByTagName: { dispid: 105, method: "IXMLDOMNodeList*", params: [["tagName", "BSTR"]], doc: "The elements of a name in it, or all for *, as they are at any time." },
  normalize: { dispid: 106, method: "void", doc: "Makes one text of texts that follow each other." },
}, { doc: "An element.", inherits: "IXMLDOMNode" });

/** IXMLDOMAttribute. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMAttributeTable = defineInterface("IXMLDOMAttribute", "{2933BF85-7B36-11D2-B20E-00C04F983E60}", {
  name: { dispid: 118, get: "BSTR", doc: "Its name with its prefix." },
  value: { dispid: 120, get: "VARIANT", put: "VARIANT", doc: "Its text." },
}, { doc: "An attribute.", inherits: "IXMLDOMNode" });

/** IXMLDOMCharacterData. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMCharacterDataTable = defineInterface("IXMLDOMCharacterData", "{2933BF84-7B36-11D2-B20E-00C04F983E60}", {
  data: { dispid: 109, get: "BSTR", put: "BSTR", doc: "Its text." },
  length: { dispid: 110, get: "LONG", doc: "How many characters its text has." },
  substringData: { dispid: 111, method: "BSTR", params: [["offset", "LONG"], ["count", "LONG"]], doc: "So many characters from an offset from 0 on." },
  appendData: { dispid: 112, method: "void", params: [["data", "BSTR"]], doc: "Adds text at the end." },
  insertData: { dispid: 113, method: "void", params: [["offset", "LONG"], ["data", "BSTR"]], doc: "Inserts text at an offset." },
  deleteData: { dispid: 114, method: "void", params: [["offset", "LONG"], ["count", "LONG"]], doc: "Takes so many characters away at an offset." },
  replaceData: { dispid: 115, method: "void", params: [["offset", "LONG"], ["count", "LONG"], ["data", "BSTR"]], doc: "Puts text in the place of so many characters at an offset." },
}, { doc: "A node that is text.", inherits: "IXMLDOMNode" });

/** IXMLDOMText. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMTextTable = defineInterface("IXMLDOMText", "{2933BF87-7B36-11D2-B20E-00C04F983E60}", {
  splitText: { dispid: 123, method: "IXMLDOMText*", params: [["offset", "LONG"]], doc: "Makes two texts of it; returns the second one, which begins at the offset." },
}, { doc: "A text.", inherits: "IXMLDOMCharacterData" });

/** IXMLDOMCDATASection. */
export const IXMLDOMCDATASectionTable = defineInterface(
  "IXMLDOMCDATASection",
  "{2933BF8A-7B36-11D2-B20E-00C04F983E60}",
  {},
  { doc: "A CDATA section.", inherits: "IXMLDOMText" },
);

/** IXMLDOMComment. */
export const IXMLDOMCommentTable = defineInterface(
  "IXMLDOMComment",
  "{2933BF88-7B36-11D2-B20E-00C04F983E60}",
  {},
  { doc: "A comment.", inherits: "IXMLDOMCharacterData" },
);

/** IXMLDOMProcessingInstruction. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMProcessingInstructionTable = defineInterface("IXMLDOMProcessingInstruction", "{2933BF89-7B36-11D2-B20E-00C04F983E60}", {
  target: { dispid: 127, get: "BSTR", doc: "Its name." },
  data: { dispid: 128, get: "BSTR", put: "BSTR", doc: "What follows its name." },
}, { doc: "A processing instruction, or the XML declaration.", inherits: "IXMLDOMNode" });

/** IXMLDOMDocumentType. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMDocumentTypeTable = defineInterface("IXMLDOMDocumentType", "{2933BF8B-7B36-11D2-B20E-00C04F983E60}", {
  name: { dispid: 131, get: "BSTR", doc: "The name of the root element, as it declares it." },
}, { doc: "A document type declaration.", inherits: "IXMLDOMNode" });

/** IXMLDOMDocumentFragment. */
export const IXMLDOMDocumentFragmentTable = defineInterface(
  "IXMLDOMDocumentFragment",
  "{3EFAA413-272F-11D2-836F-0000F87A7782}",
  {},
  { doc: "Nodes that are inserted together.", inherits: "IXMLDOMNode" },
);

/** IXMLDOMEntityReference. */
export const IXMLDOMEntityReferenceTable = defineInterface(
  "IXMLDOMEntityReference",
  "{2933BF8E-7B36-11D2-B20E-00C04F983E60}",
  {},
  { doc: "A reference to an entity that is not here.", inherits: "IXMLDOMNode" },
);

/** IXMLDOMParseError. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMParseErrorTable = defineInterface("IXMLDOMParseError", "{3EFAA426-272F-11D2-836F-0000F87A7782}", {
  errorCode: { dispid: 0, get: "LONG", doc: "The number of the error; 0 where there was none." },
  url: { dispid: 179, get: "BSTR", doc: "The URL of the document; nothing for loadXML." },
  reason: { dispid: 180, get: "BSTR", doc: "What is wrong, in a sentence that ends a line." },
  srcText: { dispid: 181, get: "BSTR", doc: "The line in which it is." },
  line: { dispid: 182, get: "LONG", doc: "The number of that line, from 1." },
  linepos: { dispid: 183, get: "LONG", doc: "The character in that line, from 1." },
  filepos: { dispid: 184, get: "LONG", doc: "How many characters of the document are before it." },
}, { doc: "Why a document was not loaded." });

/** IXMLDOMDocument. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMDocumentTable = defineInterface("IXMLDOMDocument", "{2933BF81-7B36-11D2-B20E-00C04F983E60}", {
  doctype: { dispid: 38, get: "IXMLDOMDocumentType*", doc: "The document type declaration, or Nothing." },
  implementation: { dispid: 39, get: "IXMLDOMImplementation*", doc: "What the documents can do." },
  documentElement: { dispid: 40, get: "IXMLDOMElement*", put: "IXMLDOMElement*", doc: "The root element, or Nothing." },
  createElement: { dispid: 41, method: "IXMLDOMElement*", params: [["tagName", "BSTR"]], doc: "A new element without a namespace." },
  createDocumentFragment: { dispid: 42, method: "IXMLDOMDocumentFragment*", doc: "A new fragment." },
  createTextNode: { dispid: 43, method: "IXMLDOMText*", params: [["data", "BSTR"]], doc: "A new text." },
  createComment: { dispid: 44, method: "IXMLDOMComment*", params: [["data", "BSTR"]], doc: "A new comment." },
  createCDATASection: { dispid: 45, method: "IXMLDOMCDATASection*", params: [["data", "BSTR"]], doc: "A new CDATA section." },
  createProcessingInstruction: { dispid: 46, method: "IXMLDOMProcessingInstruction*", params: [["target", "BSTR"], ["data", "BSTR"]], doc: "A new processing instruction; the XML declaration if its target is xml." },
  createAttribute: { dispid: 47, method: "IXMLDOMAttribute*", params: [["name", "BSTR"]], doc: "A new attribute without a namespace." },
  createEntityReference: { dispid: 49, method: "IXMLDOMEntityReference*", params: [["name", "BSTR"]], doc: "A new reference to an entity." },
  getElementsByTagName: { dispid: 50, method: "IXMLDOMNodeList*", params: [["tagName", "BSTR"]], doc: "The elements of a name, or all for *, as they are at any time." },
  createNode: { dispid: 54, method: "IXMLDOMNode*", params: [["Type", "VARIANT"], ["name", "BSTR"], ["namespaceURI", "BSTR"]], doc: "A new node of a type (a number or word of nodeType), with a name in a namespace where it has one." },
  nodeFromID: { dispid: 56, method: "IXMLDOMNode*", params: [["idString", "BSTR"]], doc: "The element of an ID, by the attributes that its DTD declares as IDs, or Nothing." },
  load: { dispid: 58, method: "VARIANT_BOOL", params: [["xmlSource", "VARIANT"]], doc: "Reads a file, an http or https URL, a stream, an array of Byte or another document; whether it is well-formed. All is read when it returns, whatever async says." },
  readyState: { dispid: -525, get: "LONG", doc: "4 when a document was loaded or loading failed, else 0; while it loads, 1 to 3." },
  parseError: { dispid: 59, get: "IXMLDOMParseError*", doc: "Why the last document was not loaded." },
  url: { dispid: 60, get: "BSTR", doc: "Where the document was loaded from." },
  async: { dispid: 61, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether load may return earlier; here it does not." },
  abort: { dispid: 62, method: "void", doc: "Nothing: no load is ever still running." },
  loadXML: { dispid: 63, method: "VARIANT_BOOL", params: [["bstrXML", "BSTR"]], doc: "Reads a text; whether it is well-formed." },
  save: { dispid: 64, method: "void", params: [["destination", "VARIANT"]], doc: "Writes it to a file, a stream or another document, in the encoding that it declares, or UTF-8." },
  validateOnParse: { dispid: 65, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether documents are held against their DTD; here they are not." },
  resolveExternals: { dispid: 66, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether external entities may be fetched; here they never are." },
  preserveWhiteSpace: { dispid: 67, get: "VARIANT_BOOL", put: "VARIANT_BOOL", doc: "Whether white space between tags is kept; set it before loading." },
  onreadystatechange: { dispid: 68, put: "VARIANT", doc: "What is called when readyState has changed: the result of GetRef, or an object with a default method." },
  ondataavailable: { dispid: 69, put: "VARIANT", doc: "What is called when the document is there." },
}, { doc: "An XML document.", inherits: "IXMLDOMNode" });

/** IXMLDOMDocument2. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMDocument2Table = defineInterface("IXMLDOMDocument2", "{2933BF95-7B36-11D2-B20E-00C04F983E60}", {
  namespaces: { dispid: 201, get: "IXMLDOMSchemaCollection*", doc: "The namespaces that are in it." },
  schemas: { dispid: 202, get: "VARIANT", put: "VARIANT", doc: "Null; setting it is error 445: documents are not validated here." },
  validate: { dispid: 203, method: "IXMLDOMParseError*", doc: "Error 445: documents are not validated here." },
  setProperty: { dispid: 204, method: "void", params: [["name", "BSTR"], ["value", "VARIANT"]], doc: "Sets SelectionLanguage (XPath or XSLPattern), SelectionNamespaces (declarations, with blanks between them), ProhibitDTD, MaxElementDepth, MaxXMLSize (in KB)…" },
  getProperty: { dispid: 205, method: "VARIANT", params: [["name", "BSTR"]], doc: "What such a property is." },
}, { doc: "An XML document, with properties.", inherits: "IXMLDOMDocument" });

/** IXMLDOMDocument3. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMDocument3Table = defineInterface("IXMLDOMDocument3", "{2933BF96-7B36-11D2-B20E-00C04F983E60}", {
  validateNode: { dispid: 208, method: "IXMLDOMParseError*", params: [["node", "IXMLDOMNode*"]], doc: "Error 445: documents are not validated here." },
  importNode: { dispid: 209, method: "IXMLDOMNode*", params: [["node", "IXMLDOMNode*"], ["deep", "VARIANT_BOOL"]], doc: "A copy of another document's node for this one." },
}, { doc: "An XML document.", inherits: "IXMLDOMDocument2" });

/** IXMLDOMSchemaCollection. */
// deno-fmt-ignore -- a table: one row a member
export const IXMLDOMSchemaCollectionTable = defineInterface("IXMLDOMSchemaCollection", "{373984C8-B845-449B-91E7-45AC83036ADE}", {
  namespaceURI: { dispid: 0, get: "BSTR", params: [["index", "LONG"]], doc: "A namespace by its index from 0." },
  add: { dispid: 3, method: "void", params: [["namespaceURI", "BSTR"], ["schema", "VARIANT"]], doc: "Error 445: there are no schemas here." },
  get: { dispid: 4, method: "IXMLDOMNode*", params: [["namespaceURI", "BSTR"]], doc: "The schema of a namespace: Nothing, there is none here." },
  remove: { dispid: 5, method: "void", params: [["namespaceURI", "BSTR"]], doc: "Error 445: there are no schemas here." },
  length: { dispid: 6, get: "LONG", doc: "How many namespaces there are." },
  addCollection: { dispid: 8, method: "void", params: [["otherCollection", "IXMLDOMSchemaCollection*"]], doc: "Error 445: there are no schemas here." },
  _newEnum: { dispid: -4, get: "IEnumVARIANT*", element: "BSTR", doc: "All namespaces." },
}, { doc: "The namespaces of a document." });

/** IXSLTemplate. */
// deno-fmt-ignore -- a table: one row a member
export const IXSLTemplateTable = defineInterface("IXSLTemplate", "{2933BF93-7B36-11D2-B20E-00C04F983E60}", {
  stylesheet: { dispid: 2, get: "IXMLDOMNode*", put: "IXMLDOMNode*", doc: "The style sheet, which is compiled when it is set; later changes of it do not count." },
  createProcessor: { dispid: 3, method: "IXSLProcessor*", doc: "A new processor that follows it." },
}, { doc: "A style sheet that is compiled once." });

/** IXSLProcessor. */
// deno-fmt-ignore -- a table: one row a member
export const IXSLProcessorTable = defineInterface("IXSLProcessor", "{2933BF92-7B36-11D2-B20E-00C04F983E60}", {
  input: { dispid: 2, get: "VARIANT", put: "VARIANT", doc: "The document or node that is transformed." },
  ownerTemplate: { dispid: 3, get: "IXSLTemplate*", doc: "The template that made it." },
  setStartMode: { dispid: 4, method: "void", params: [["mode", "BSTR"], ["namespaceURI", "BSTR?"]], doc: "Begins with the templates of a mode." },
  startMode: { dispid: 5, get: "BSTR", doc: "That mode." },
  startModeURI: { dispid: 6, get: "BSTR", doc: "The namespace of that mode." },
  output: { dispid: 7, get: "VARIANT", put: "VARIANT", doc: "Where the result goes: an ADODB.Stream or a document. If none was set, the result as text, after transform." },
  transform: { dispid: 8, method: "VARIANT_BOOL", doc: "Transforms the input. It is done when it returns, and True." },
  reset: { dispid: 9, method: "void", doc: "Forgets the result; the input, the parameters and the mode stay." },
  readyState: { dispid: 10, get: "LONG", doc: "0 without an input, 2 with one, 4 after transform." },
  addParameter: { dispid: 11, method: "void", params: [["baseName", "BSTR"], ["parameter", "VARIANT"], ["namespaceURI", "BSTR?"]], doc: "Sets an xsl:param of the style sheet to a text, a number, a truth, a node or a list of nodes; Empty or Null takes it back." },
  addObject: { dispid: 12, method: "void", params: [["obj", "IDispatch*"], ["namespaceURI", "BSTR"]], doc: "Lets the style sheet call methods of an object as functions of a namespace, and read properties as get-name." },
  stylesheet: { dispid: 13, get: "IXMLDOMNode*", doc: "The style sheet." },
}, { doc: "One use of a style sheet, with parameters." });

/** All of them. */
export const XML_TABLES = {
  IXMLDOMImplementation: IXMLDOMImplementationTable,
  IXMLDOMNode: IXMLDOMNodeTable,
  IXMLDOMNodeList: IXMLDOMNodeListTable,
  IXMLDOMNamedNodeMap: IXMLDOMNamedNodeMapTable,
  IXMLDOMElement: IXMLDOMElementTable,
  IXMLDOMAttribute: IXMLDOMAttributeTable,
  IXMLDOMCharacterData: IXMLDOMCharacterDataTable,
  IXMLDOMText: IXMLDOMTextTable,
  IXMLDOMCDATASection: IXMLDOMCDATASectionTable,
  IXMLDOMComment: IXMLDOMCommentTable,
  IXMLDOMProcessingInstruction: IXMLDOMProcessingInstructionTable,
  IXMLDOMDocumentType: IXMLDOMDocumentTypeTable,
  IXMLDOMDocumentFragment: IXMLDOMDocumentFragmentTable,
  IXMLDOMEntityReference: IXMLDOMEntityReferenceTable,
  IXMLDOMParseError: IXMLDOMParseErrorTable,
  IXMLDOMDocument: IXMLDOMDocumentTable,
  IXMLDOMDocument2: IXMLDOMDocument2Table,
  IXMLDOMDocument3: IXMLDOMDocument3Table,
  IXMLDOMSchemaCollection: IXMLDOMSchemaCollectionTable,
  IXSLTemplate: IXSLTemplateTable,
  IXSLProcessor: IXSLProcessorTable,
} as const;

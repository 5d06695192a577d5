/** @file The document, as the editor and the main process see it. */
export { expressionsIn, isExpression, mapArgument } from './arguments.ts';
export { EditError } from './edits/edit-error.ts';
export {
  addFrame,
  addNote,
  annotationsOf,
  changeAnnotation,
  FRAME_COLORS,
  LEAST_ANNOTATION,
  moveAnnotations,
  removeAnnotations,
} from './edits/annotations.ts';
export { wireNotePoints } from './edits/wire-notes.ts';
export { bookmarksOf, removeBookmark, setBookmark } from './edits/bookmarks.ts';
export { addToClass } from './edits/additions.ts';
export type { Added, Addition } from './edits/additions.ts';
export { freeBelow } from './edits/place.ts';
export { addClass, removeClass, renameClass, setClassDoc, setRoot, setRootArgs } from './edits/classes.ts';
export { bringDocument, documentOfClass } from './edits/bring-document.ts';
export type { BroughtDocument } from './edits/bring-document.ts';
export { copyNodes, duplicateNodes, paste } from './edits/clipboard.ts';
export type { Clipping, Pasted, PasteOptions } from './edits/clipboard.ts';
export { readClipping, writeClipping } from './edits/clipping-text.ts';
export { addField, changeField, moveField, removeField, renameField } from './edits/fields.ts';
export { foldIntoList } from './edits/fold.ts';
export type { Folded, Row } from './edits/fold.ts';
export { groupIntoClass } from './edits/group.ts';
export type { Grouped } from './edits/group.ts';
export { ungroup } from './edits/ungroup.ts';
export type { Ungrouped } from './edits/ungroup.ts';
export { addAlias, addCall, addMember, moveMember, removeMember, renameMember, setListUse, setRepeat } from './edits/members.ts';
export type { NewMember } from './edits/members.ts';
export { isBypassed, mayBypass, setBypass } from './edits/bypass.ts';
export { addConstant, addInput, addOp, addOutput, moveNodes, removeNodes, renamePort, setConstant, setInput } from './edits/nodes.ts';
export type { AddedNode } from './edits/nodes.ts';
export { checkExpression, setParam, setParams } from './edits/params.ts';
export type { ParamOwner } from './edits/params.ts';
export { removeProbe, renameProbe, setProbe } from './edits/probes.ts';
export type { NewProbe } from './edits/probes.ts';
export { setName, setRun, setTrained } from './edits/run.ts';
export { changeSetting, currentMode, moveSetting, removeSetting, setAttributesWhere, setMode } from './edits/settings.ts';
export { switchAttributes } from './edits/switch-attributes.ts';
export { addView, changeView, removeView } from './edits/views.ts';
export { bridgeNodes, connect, disconnect, insertOnWire, moveWires, rewire, whyNotConnect } from './edits/wires.ts';
export { evaluateExpression, expressionNames, parseExpression, printExpression } from './expression.ts';
export type { ExpressionError, ExpressionNode, ExpressionResult, ExpressionValue, Operator } from './expression.ts';
export { completeQuery } from './query/complete.ts';
export type { Completion, Completions, QueryWords } from './query/complete.ts';
export { parseQuery } from './query/parse.ts';
export type { QueryError, QueryResult } from './query/parse.ts';
export { asFilter } from './query/query.ts';
export type { Query } from './query/query.ts';
export { resolveQuery } from './query/resolve.ts';
export type { Lengths, QueryModule } from './query/resolve.ts';
export { writeQuery } from './query/write.ts';
export {
  classesUsedBy,
  classIdOf,
  findClass,
  findClassByName,
  findMember,
  findNode,
  isSamePort,
  resolveMember,
  typeOfClass,
  usesClass,
  usedClasses,
} from './find.ts';
export { assetName } from './assets.ts';
export type { AssetTexts } from './assets.ts';
export { decode, decodeText } from './decode-text.ts';
export type { Decoded, Encoding } from './decode-text.ts';
export { hashDocument } from './hash.ts';
export { compareIds } from './ids.ts';
export { memberNameFor, nameFault, uniqueName } from './names.ts';
export type { NameUse } from './names.ts';
export { newDocument } from './new-document.ts';
export { inputNodes, orderNodes, outputNodes } from './order.ts';
export { keysOf, pastOf, touchedSince } from './records.ts';
export { documentElement, isPage } from './page.ts';
export { MAX_CHARACTERS, parseDocument, readDocument } from './parse.ts';
export type { ParseResult } from './parse.ts';
export type { Fix, Place, Problem, Refusal, ProblemKind } from './problem.ts';
export { kindOfProblem, problemText } from './problem.ts';
export { FORMAT, VERSION } from './schema.ts';
export type {
  Annotation,
  Argument,
  Arguments,
  AttributeValue,
  Bookmark,
  CallNode,
  ClassId,
  ConstantNode,
  DeclaredShape,
  Expression,
  Field,
  FilterSpec,
  Frame,
  FrameColor,
  GraphNode,
  InputNode,
  JsonValue,
  Member,
  MemberId,
  ListUse,
  MemberUse,
  ModuleRef,
  ModelClass,
  ModelDocument,
  NodeId,
  Note,
  OpNode,
  OutputNode,
  Path,
  PathFilter,
  PathPart,
  Point,
  PortRef,
  Probe,
  RunSettings,
  Setting,
  Size,
  Typed,
  View,
  Wire,
  WireId,
} from './schema.ts';
export { filterByPath, pathOf, resolvePath } from './references.ts';
export { findStructureProblems } from './structure.ts';
export { writeDocument, writeInSteps } from './write.ts';
export { drain, type Steps } from './steps.ts';

// Fill-in-the-middle templates by model family, and the special tokens that models leak: data from the models' own cards.

export interface FimTemplate {
  readonly family: string;
  /** Tried in order against the model's name in lower case, without its publisher. */
  readonly models: RegExp;
  /** The prompt, with `{prefix}` and `{suffix}`. */
  readonly text: string;
  /** The same where other files are shown in a form that the model was trained on, with `{context}`. */
  readonly withContext?: string;
  /** Tokens that end an answer, for servers that do not stop at them by themselves. */
  readonly stop: readonly string[];
}

const qwenTokens = ['<|endoftext|>', '<|file_sep|>', '<|fim_pad|>', '<|im_end|>'] as const;
const starcoderTokens = ['<|endoftext|>', '<file_sep>', '<fim_prefix>', '<fim_pad>'] as const;

/** The first whose `models` matches is used. */
export const fimTemplates: readonly FimTemplate[] = [
  {
    family: 'qwen-coder', // Hui et al., Qwen2.5-Coder Technical Report, 2024: file and repository level FIM
    models: /qwen(2\.5|3|3-next)?-?coder/,
    text: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    withContext:
      '<|repo_name|>project\n<|file_sep|>context\n{context}\n<|file_sep|>file\n<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stop: qwenTokens,
  },
  {
    family: 'starcoder2', // Lozhkov et al., StarCoder 2 and The Stack v2, 2024: files joined by <file_sep>
    models: /starcoder-?2/,
    text: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    withContext:
      '<repo_name>project\n<file_sep>context\n{context}\n<file_sep>\n<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    stop: starcoderTokens,
  },
  {
    family: 'mellum', // JetBrains Mellum: suffix first
    models: /mellum/,
    text: '<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>',
    withContext:
      '<filename>context\n{context}\n<filename>file\n<fim_suffix>{suffix}<fim_prefix>{prefix}<fim_middle>',
    stop: ['<|endoftext|>', '<filename>', '<fim_suffix>', '<fim_pad>'],
  },
  {
    family: 'granite', // IBM Granite 3.3 and later; the granite-code models used StarCoder's tokens
    models: /granite-?(3\.[3-9]|[4-9])/,
    text: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stop: ['<|end_of_text|>', '<|fim_pad|>', '<|filename|>'],
  },
  {
    family: 'starcoder', // Li et al., StarCoder, 2023, and models trained with its tokens
    models: /starcoder|starchat|granite.*code|stable-?code|refact|codeqwen|replit-code/,
    text: '<fim_prefix>{prefix}<fim_suffix>{suffix}<fim_middle>',
    stop: starcoderTokens,
  },
  {
    family: 'santacoder',
    models: /santacoder/,
    text: '<fim-prefix>{prefix}<fim-suffix>{suffix}<fim-middle>',
    stop: ['<|endoftext|>', '<fim-prefix>', '<fim-pad>'],
  },
  {
    family: 'codellama', // Rozière et al., Code Llama, 2023: only 7B and 13B were trained to infill
    models: /code-?llama(?!.*(34|70)b)(?!.*python)/,
    text: '<PRE> {prefix} <SUF>{suffix} <MID>',
    stop: ['<EOT>', '</s>', '<PRE>'],
  },
  {
    family: 'deepseek-coder', // Guo et al., DeepSeek-Coder, 2024
    models: /deepseek-?coder/,
    text: '<｜fim▁begin｜>{prefix}<｜fim▁hole｜>{suffix}<｜fim▁end｜>',
    stop: ['<｜end▁of▁sentence｜>', '<|EOT|>', '<｜fim▁begin｜>'],
  },
  {
    family: 'codegemma', // CodeGemma Team, 2024: files joined by <|file_separator|>
    models: /codegemma/,
    text: '<|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    withContext: '{context}\n<|file_separator|><|fim_prefix|>{prefix}<|fim_suffix|>{suffix}<|fim_middle|>',
    stop: ['<|file_separator|>', '<eos>', '<end_of_turn>'],
  },
  {
    family: 'codestral', // Mistral's tokenizer: suffix first
    models: /codestral|devstral/,
    text: '[SUFFIX]{suffix}[PREFIX]{prefix}',
    stop: ['</s>', '[PREFIX]', '[SUFFIX]'],
  },
  {
    family: 'seed-coder', // ByteDance Seed-Coder: suffix first
    models: /seed-?coder/,
    text: '<[fim-suffix]>{suffix}<[fim-prefix]>{prefix}<[fim-middle]>',
    stop: ['<[end▁of▁sentence]>', '<[fim-suffix]>'],
  },
];

/** Placeholders that the answer's place stands for in a template: what an echo of the prompt begins with. */
const markers = [
  '<|fim_prefix|>', '<|fim_suffix|>', '<|fim_middle|>', '<|repo_name|>', '<fim_prefix>', '<fim_suffix>',
  '<fim_middle>', '<fim-prefix>', '<fim-suffix>', '<fim-middle>', '<repo_name>', '<reponame>', '<filename>',
  '<PRE>', '<SUF>', '<MID>', '<｜fim▁begin｜>', '<｜fim▁hole｜>', '<｜fim▁end｜>', '<[fim-prefix]>',
  '<[fim-suffix]>', '<[fim-middle]>', '[PREFIX]', '[SUFFIX]', '[MIDDLE]',
] as const; // biome-ignore format: a table

/** Tokens of chat templates. */
const chatTokens = [
  '<|im_start|>', '<|im_end|>', '<|eot_id|>', '<|end|>', '<|user|>', '<|assistant|>', '<|system|>',
  '<start_of_turn>', '<end_of_turn>', '<|start_header_id|>', '<|end_header_id|>', '<|begin_of_text|>',
  '<|end_of_text|>', '<|EOT|>', '[INST]', '[/INST]', '<s>', '</s>', '<bos>', '<eos>', '<｜begin▁of▁sentence｜>',
] as const; // biome-ignore format: a table

/** Every special token that may leak into an answer, longest first. */
export const sentinelTokens: readonly string[] = [
  ...new Set([...markers, ...chatTokens, ...fimTemplates.flatMap(({ stop }) => stop)]),
].sort((a, b) => b.length - a.length);

/** The template of the model's family; `undefined` for a model that is not known to fill in the middle. */
export function fimTemplateOf(model: string): FimTemplate | undefined {
  const name = model.toLowerCase().split('/').at(-1)!;
  return fimTemplates.find(({ models }) => models.test(name));
}

/**
 * The raw prompt of a template.
 * @param context code of other files, possibly empty; in front of the prefix where the template has no place for it.
 */
export function fillTemplate(
  { text, withContext }: Pick<FimTemplate, 'text' | 'withContext'>,
  parts: { readonly prefix: string; readonly suffix: string; readonly context: string },
): string {
  const { context } = parts;
  if (context !== '' && withContext !== undefined) return fill(withContext, parts);
  return fill(text, { ...parts, prefix: withLead(context, parts.prefix) });
}

/** The context as a lead of the prefix, on lines of its own. */
export const withLead = (context: string, prefix: string): string =>
  context === '' ? prefix : `${context.endsWith('\n') ? context : `${context}\n`}${prefix}`;

const fill = (text: string, parts: Readonly<Record<string, string>>): string =>
  text.replace(/\{(prefix|suffix|context)\}/g, (_, name: string) => parts[name] ?? '');

import ShellSyntax

/// Words, globals, modules and attributes of JavaScript as Node has it.
///
/// A bare name that is on no list is a variable, which holds what harmless functions returned.
enum JavaScriptNames {
    /// Words behind which a value stands, so that `/` begins a regular expression.
    static let operandWords = words(
        "return typeof case in instanceof new delete void throw do else"
    )

    /// Words that are names as well.
    static let contextualWords = words("yield await of let static get set async")

    static let keywords = operandWords.union(contextualWords).union(
        words(
            """
            var const function if for while break continue switch default try catch finally null
            true false undefined NaN Infinity
            """
        )
    )

    static let globals = words(
        """
        console Array String Number Boolean BigInt Date RegExp Map Set WeakMap WeakSet Promise
        parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent encodeURI
        decodeURI escape unescape atob btoa structuredClone URL URLSearchParams Error TypeError
        RangeError SyntaxError Intl Uint8Array Int8Array Uint16Array Uint32Array Int32Array
        Float32Array Float64Array DataView ArrayBuffer TextEncoder TextDecoder performance
        queueMicrotask setTimeout setInterval setImmediate clearTimeout clearInterval
        clearImmediate __filename __dirname
        """
    )

    /// Globals of which the attributes are listed in `JavaScriptFunctions`.
    static let objects = words("JSON Math Object Buffer process Deno Bun")

    static let denied = words(
        """
        eval Function this require module exports global globalThis self window Reflect Proxy
        WebAssembly Symbol import export class super with arguments debugger constructor prototype
        __proto__ AggregateError EvalError ReferenceError URIError Uint8ClampedArray BigUint64Array
        BigInt64Array Int16Array FinalizationRegistry WeakRef DOMException AbortController
        AbortSignal Event EventTarget TransformStream WritableStream ReadableStream
        ByteLengthQueuingStrategy CountQueuingStrategy TextEncoderStream TextDecoderStream
        CompressionStream DecompressionStream BroadcastChannel MessageChannel MessagePort
        MessageEvent Blob File Performance FormData Headers Request Response SharedArrayBuffer
        Atomics Crypto CryptoKey SubtleCrypto CustomEvent navigator Navigator localStorage
        sessionStorage WebSocket EventSource Iterator Temporal ShadowRealm Storage
        """
    )

    /// Modules of Node; `node -e` has each as a global too.
    static let modules = words(
        """
        assert async_hooks buffer child_process cluster constants crypto dgram
        diagnostics_channel dns domain events fs http http2 https inspector net os path
        perf_hooks punycode querystring readline repl stream string_decoder sys timers tls
        trace_events tty url util v8 vm wasi worker_threads zlib test sqlite sea rimraf
        fs.promises fs/promises dns.promises
        """
    )

    /// What leads from a value to its constructor, and so to code, or out of its own object.
    static let deniedAttributes = words(
        """
        constructor prototype caller callee arguments mainModule binding dlopen getBuiltinModule
        prepareStackTrace captureStackTrace getThis getFunction open
        connect listen call apply bind
        """
    )
}

/// The one character that says what an event is; `docs/formats/recording.md` has the table.
///
/// Ours are capitals, so that they never meet a later code of asciicast.
enum EventCode: UInt8 {
    case output = 0x6f  // o
    case input = 0x69  // i
    case resize = 0x72  // r
    case marker = 0x6d  // m
    case exit = 0x78  // x
    case stream = 0x53  // S
    case exactOutput = 0x42  // B
    case exactInput = 0x49  // I
    case partialCharacter = 0x50  // P
    case fact = 0x46  // F
}

namespace Serverless.Imaging.Decoders;

/// <summary>A decoder process ended, or broke the protocol, in the middle of a picture.</summary>
internal sealed class DecoderDiedException(string how, Exception? inner = null) : Exception(how, inner);

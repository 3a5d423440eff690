namespace Serverless.Imaging.Decoders;

/// <summary>The decoders were busy for as long as the caller was willing to wait; the picture was not examined.</summary>
public sealed class DecodersBusyException(TimeSpan waited)
    : Exception(FormattableString.Invariant($"Other pictures kept the decoders busy for {waited.TotalSeconds:0.###} s. Try again."));

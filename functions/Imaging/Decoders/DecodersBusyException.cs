namespace Serverless.Imaging.Decoders;

/// <summary>Other pictures kept the decoders busy for as long as the caller was willing to wait; this one was not looked at.</summary>
public sealed class DecodersBusyException(TimeSpan waited)
    : Exception(FormattableString.Invariant($"Other pictures kept the decoders busy for {waited.TotalSeconds:0.###} s. Try again."));

namespace Serverless.Imaging.Decoders;

/// <summary>The file is at fault, and trying again will not help; the message is a sentence for the person who uploaded it.</summary>
public sealed class UndecodableException(string reason) : Exception(reason);

namespace Serverless.Embeddings.Hosted;

/// <summary>The input of an embedding, identified by the SHA-256 of its content in lower-case hex.</summary>
internal abstract record HostedInput(string Hash);

/// <param name="Jpeg">The image in the provider's form, created on first use.</param>
internal sealed record ImageInput(string Hash, Lazy<byte[]> Jpeg) : HostedInput(Hash);

internal sealed record TextInput(string Hash, string Text) : HostedInput(Hash);

/// <summary>A unit vector and its price.</summary>
internal sealed record HostedVector(float[] Vector, decimal Usd, int Calls);

namespace Serverless.Embeddings.Hosted;

/// <summary>What is embedded, by the SHA-256 of its content in lower-case hexadecimal digits.</summary>
internal abstract record HostedInput(string Hash);

/// <param name="Jpeg">The image as the provider takes it; made when it is first needed.</param>
internal sealed record ImageInput(string Hash, Lazy<byte[]> Jpeg) : HostedInput(Hash);

internal sealed record TextInput(string Hash, string Text) : HostedInput(Hash);

/// <summary>A unit vector and what was paid for it.</summary>
internal sealed record HostedVector(float[] Vector, decimal Usd, int Calls);

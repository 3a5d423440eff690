using Serverless.Imaging;

namespace Serverless.Images;

/// <summary>The vector of a picture in one orientation, for the near-duplicate search.</summary>
internal sealed record TurnedVector(ImageOrientation Turn, ReadOnlyMemory<float> Vector);

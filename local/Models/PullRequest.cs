using Serverless.Embeddings.Catalogue;

namespace Local.Models;

/// <param name="Name">A name of the catalogue, or owner/repository[@revision] of the hub.</param>
/// <param name="Precision">Quantised graphs come with the full ones.</param>
/// <param name="AcceptsLicence">Whether the user said so on the command line; otherwise he is asked where there is a terminal.</param>
internal sealed record PullRequest(string Name, string Precision = ModelPrecision.Full, bool AcceptsLicence = false);

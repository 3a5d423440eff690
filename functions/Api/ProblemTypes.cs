namespace Serverless.Api;

/// <summary>
/// What tells problems of one status apart, as their <c>type</c> (RFC 9457). The title is for people and may change; these do not. All
/// other problems have the type of their status.
/// </summary>
internal static class ProblemTypes
{
    /// <summary>503: the app is starting, or what it needs is not there.</summary>
    public const string NotReady = "/problems/notReady";

    /// <summary>503: too much is asked of it at once.</summary>
    public const string Overloaded = "/problems/overloaded";

    /// <summary>503: the request was cancelled after its time.</summary>
    public const string TookTooLong = "/problems/tookTooLong";

    /// <summary>503: the hosted model does not answer.</summary>
    public const string ProviderUnavailable = "/problems/providerUnavailable";

    /// <summary>422: the hosted model does not take the input.</summary>
    public const string ProviderRefuses = "/problems/providerRefuses";

    /// <summary>503: the search service does not answer, or refuses the app.</summary>
    public const string SearchUnavailable = "/problems/searchUnavailable";

    /// <summary>503: the storage account does not answer, or refuses the app.</summary>
    public const string StorageUnavailable = "/problems/storageUnavailable";
}

using SearchEmulator.Authentication;
using SearchEmulator.Faults;
using SearchEmulator.Http;

namespace SearchEmulator;

/// <summary>From a URL to the code that answers it.</summary>
internal sealed class Router(
    ApiKeys keys,
    IndexEndpoints indexes,
    DocumentEndpoints documents,
    SearchEndpoint search,
    FaultInjection faults,
    EmulatorEndpoints emulator
)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var method = context.Request.Method;
        var path = ResourcePath.Of(context);
        if (path.Resource == Resource.Unknown)
        {
            throw new ServiceException(404, string.Empty, $"There is no resource at {context.Request.Path}.");
        }

        keys.Authorize(context.Request, path.Resource);
        if (path.Resource is Resource.Faults or Resource.Export)
        {
            await emulator.AnswerAsync(context, path.Resource);
            return;
        }

        await faults.BeforeAsync(path.Resource, context.RequestAborted);
        var version = ApiVersions.Require(context.Request);
        await (
            path.Resource switch
            {
                Resource.ServiceStatistics => indexes.ServiceStatisticsAsync(context),
                Resource.Indexes => indexes.ListAsync(context, version),
                Resource.Index => indexes.OneAsync(context, path.Index, version),
                Resource.IndexStatistics => indexes.StatisticsAsync(context, path.Index),
                Resource.Batch => documents.BatchAsync(context, path.Index),
                Resource.Document when method == HttpMethods.Get => documents.LookupAsync(context, path.Index, path.Key),
                Resource.DocumentCount when method == HttpMethods.Get => documents.CountAsync(context, path.Index),
                Resource.Search => search.PostAsync(context, path.Index),
                Resource.Documents when method == HttpMethods.Get => search.GetAsync(context, path.Index),
                Resource.Suggest => throw ServiceException.NotImplemented("suggestions"),
                Resource.Autocomplete => throw ServiceException.NotImplemented("autocompletion"),
                Resource.Analyze => throw ServiceException.NotImplemented("text analysis requests"),
                Resource.Unsupported => throw ServiceException.NotImplemented($"the resource '{path.Key}'"),
                _ => throw new ServiceException(405, string.Empty, $"The method {method} is not allowed here."),
            }
        );
    }
}

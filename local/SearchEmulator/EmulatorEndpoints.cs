using System.Text.Json;
using SearchEmulator.Faults;
using SearchEmulator.Http;
using SearchEmulator.Indexes;
using SearchEmulator.Seeding;

namespace SearchEmulator;

/// <summary>
/// What the service does not have. `/emulator/faults`: GET shows the faults in force, PUT replaces them by a JSON array, DELETE ends
/// them. `/emulator/export`: everything as one file.
/// </summary>
internal sealed class EmulatorEndpoints(FaultInjection faults, IndexCatalog catalog)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    public async Task AnswerAsync(HttpContext context, Resource resource)
    {
        switch (resource, context.Request.Method)
        {
            case (Resource.Export, "GET"):
                context.Response.ContentType = "application/json";
                await SeedFile.ExportAsync(catalog, context.Response.Body);
                break;
            case (Resource.Faults, "GET"):
                await context.Response.WriteAsJsonAsync(faults.Current, Options, context.RequestAborted);
                break;
            case (Resource.Faults, "PUT"):
                faults.Replace(await ReadFaultsAsync(context.Request));
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case (Resource.Faults, "DELETE"):
                faults.Replace([]);
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                break;
            default:
                throw new ServiceException(405, string.Empty, $"The method {context.Request.Method} is not allowed here.");
        }
    }

    private static async Task<List<Fault>> ReadFaultsAsync(HttpRequest request)
    {
        try
        {
            var body = await RequestBody.ReadAsync(request);
            var read = JsonSerializer.Deserialize<List<Fault>>(body.Span, Options) ?? [];
            return read.Find(fault => fault.Problem is not null) is { } wrong
                ? throw ServiceException.BadRequest($"A fault is not valid: {wrong.Problem}.")
                : read;
        }
        catch (JsonException failure)
        {
            throw ServiceException.BadRequest($"The faults are not valid: {failure.Message}");
        }
    }
}

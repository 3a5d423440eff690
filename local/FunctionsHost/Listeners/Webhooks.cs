using System.Reflection;
using FunctionsHost.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Description;
using Microsoft.Azure.WebJobs.Host.Config;

namespace FunctionsHost.Listeners;

/// <summary>The endpoints where extensions receive events: POST /runtime/webhooks/NAME, "blobs" for uploads.</summary>
#pragma warning disable CS0618 // Obsolete, but the blob extension asks for it.
internal sealed class Webhooks(FunctionKey key) : IWebHookProvider
#pragma warning restore CS0618
{
    private readonly Dictionary<string, IAsyncConverter<HttpRequestMessage, HttpResponseMessage>> extensions = new(
        StringComparer.OrdinalIgnoreCase
    );

    public Uri GetUrl(IExtensionConfigProvider extension)
    {
        var name = extension.GetType().GetCustomAttribute<ExtensionAttribute>()!.ConfigurationSection.ToLowerInvariant();
        extensions[name] = (IAsyncConverter<HttpRequestMessage, HttpResponseMessage>)extension;
        return new Uri($"http://127.0.0.1/runtime/webhooks/{name}");
    }

    public async Task HandleAsync(HttpContext context, string name)
    {
        if (!key.Admits(context.Request))
        {
            await HostProblem.KeyNeededAsync(context);
            return;
        }

        if (!extensions.TryGetValue(name, out var extension))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.GetEncodedUrl());
        request.Content = new StreamContent(context.Request.Body);
        foreach (var (header, values) in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header, values.AsEnumerable()))
            {
                request.Content.Headers.TryAddWithoutValidation(header, values.AsEnumerable());
            }
        }

        using var response = await extension.ConvertAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content?.Headers.ContentType?.ToString();
        await (response.Content?.CopyToAsync(context.Response.Body) ?? Task.CompletedTask);
    }
}

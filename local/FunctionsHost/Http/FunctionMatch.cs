using FunctionsHost.Configuration;
using FunctionsHost.Worker;
using FunctionsHost.Worker.Protocol;
using Microsoft.AspNetCore.WebUtilities;

namespace FunctionsHost.Http;

/// <summary>The function for a request, and its route values.</summary>
internal sealed record FunctionMatch(FunctionDeclaration Function, RouteValueDictionary Values)
{
    /// <summary>The part of the call that uses the worker protocol; the request itself goes to the worker's web server.</summary>
    public Invocation ToInvocation(string query, string traceParent)
    {
        var metadata = new Dictionary<string, TypedData>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in QueryHelpers.ParseQuery(query))
        {
            metadata[name] = Invocation.Text(value.ToString());
        }

        foreach (var (name, value) in Values.Where(pair => pair.Value is not null))
        {
            metadata[name] = Invocation.Text(value!.ToString()!);
        }

        var inputs = new Dictionary<string, TypedData> { [Function.Parameter] = new() { Http = new() } };
        return new Invocation(Function.Name, inputs, metadata) { TraceParent = traceParent };
    }
}

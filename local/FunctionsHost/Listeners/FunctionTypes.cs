using System.Reflection;
using System.Reflection.Emit;
using FunctionsHost.Configuration;
using FunctionsHost.Diagnostics;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Binder = Microsoft.Azure.WebJobs.Binder;

namespace FunctionsHost.Listeners;

/// <summary>
/// Generates what the SDK looks for: a type "Host.Functions" with one method per function, whose first parameter has the trigger's
/// attribute. The names of queues, locks, timers and webhooks derive from it and match Azure's.
/// </summary>
internal sealed class FunctionTypes(IEnumerable<FunctionDeclaration> functions) : ITypeLocator
{
    private const string TypeName = "Host.Functions";

    private readonly Type type = Make(functions.Where(function => !function.IsHttp));

    public IReadOnlyList<Type> GetTypes() => [type];

    private static Type Make(IEnumerable<FunctionDeclaration> functions)
    {
        var module = AssemblyBuilder
            .DefineDynamicAssembly(new AssemblyName(TypeName), AssemblyBuilderAccess.Run)
            .DefineDynamicModule(TypeName);
        var type = module.DefineType(TypeName, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        foreach (var function in functions)
        {
            AddMethod(type, function);
        }

        return type.CreateType();
    }

    private static void AddMethod(TypeBuilder type, FunctionDeclaration function)
    {
        var method = type.DefineMethod(
            function.Name,
            MethodAttributes.Public | MethodAttributes.Static,
            typeof(Task),
            [InputType(function), typeof(Binder), typeof(CancellationToken)]
        );
        method.DefineParameter(1, ParameterAttributes.None, function.Parameter).SetCustomAttribute(TriggerAttribute(function));
        method.DefineParameter(2, ParameterAttributes.None, "_binder");
        method.DefineParameter(3, ParameterAttributes.None, "_cancellation");
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldstr, function.Parameter);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Call, typeof(FunctionDispatcher).GetMethod(nameof(FunctionDispatcher.DispatchAsync))!);
        code.Emit(OpCodes.Ret);
    }

    private static Type InputType(FunctionDeclaration function) =>
        function switch
        {
            { Type: "timerTrigger" } => typeof(TimerInfo),
            { IsDeferred: true } => typeof(ParameterBindingData),
            _ when function.Text("dataType")?.ToUpperInvariant() is "BINARY" or "STREAM" => typeof(byte[]),
            _ => typeof(string),
        };

    private static CustomAttributeBuilder TriggerAttribute(FunctionDeclaration function) =>
        function.Type switch
        {
            "blobTrigger" => Attribute<BlobTriggerAttribute>(
                function.Text("path")!,
                (nameof(BlobTriggerAttribute.Connection), function.Text("connection")),
                (
                    nameof(BlobTriggerAttribute.Source),
                    Enum.TryParse<BlobTriggerSource>(function.Text("source"), ignoreCase: true, out var source) ? source : null
                )
            ),
            "queueTrigger" => Attribute<QueueTriggerAttribute>(
                function.Text("queueName")!,
                (nameof(QueueTriggerAttribute.Connection), function.Text("connection"))
            ),
            "timerTrigger" => Attribute<TimerTriggerAttribute>(
                function.Text("schedule")!,
                (nameof(TimerTriggerAttribute.RunOnStartup), function.Flag("runOnStartup")),
                (nameof(TimerTriggerAttribute.UseMonitor), function.Flag("useMonitor"))
            ),
            var other => throw new HostException($"{function.Name}: this host does not support the trigger '{other}'."),
        };

    private static CustomAttributeBuilder Attribute<T>(string argument, params (string Name, object? Value)[] properties)
    {
        var set = properties.Where(property => property.Value is not null).ToArray();
        return new CustomAttributeBuilder(
            typeof(T).GetConstructor([typeof(string)])!,
            [argument],
            [.. set.Select(property => typeof(T).GetProperty(property.Name)!)],
            [.. set.Select(property => property.Value)]
        );
    }
}

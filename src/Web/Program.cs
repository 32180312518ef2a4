return await Stepsize.Web.Commands.CommandLine.RunAsync(args);
